"""Reading the evidence. Every query takes the scope of the reader."""
