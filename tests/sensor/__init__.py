"""Several sources with a worker each, and one ordered stage behind them."""
