"""Papers: charts and sheets, made when the extra `reports` is installed."""
