"""Which service item is a request about: candidates, calibrated scores, decision."""
