"""Long work in the background: asked for by a person, with progress, cancel and an outcome."""
