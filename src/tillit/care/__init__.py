"""The citizen's line: citizens → needs → care plans → visits. Each may use those before it, never those after."""
