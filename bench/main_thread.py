"""How long a page's main thread has worked."""


def busy_secs(devtools):
    """Seconds so far, of a session in which `Performance` is enabled."""
    metrics = devtools.send("Performance.getMetrics")["metrics"]
    return next(m["value"] for m in metrics if m["name"] == "TaskDuration")
