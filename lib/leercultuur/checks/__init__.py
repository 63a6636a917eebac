"""Is what people type whole: the codebook, and the parameters of a notebook."""
