"""One small module a framework; none is imported by the rest."""
