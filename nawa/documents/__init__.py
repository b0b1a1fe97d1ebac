"""Documents: plain data set as PDF/A by templates, for paper and for keeping. No database, no clock, no network.

What a document says comes worded from whoever asks for it; here it only gets its form. Every text is data to the
typesetter and never markup, so a name may hold anything. The same input gives the same bytes.
"""
