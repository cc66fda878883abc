"""What happens to an adopted act: service, appeals, rulings, finality. For decisions and penalty decisions alike."""
