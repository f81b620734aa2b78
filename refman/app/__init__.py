"""Start-up: arguments, the application object, logs, and the wiring of all layers."""
