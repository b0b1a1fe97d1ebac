"""The talent workbook (*Buku Kerja Talenta*): how an institution brings its records and takes results away."""
