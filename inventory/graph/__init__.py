"""Microsoft Graph: the only place that knows tokens, paging, throttling, batches and errors of it. It only reads."""
