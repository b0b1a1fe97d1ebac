"""Retensi: personal records past their date, and lawful erasures."""
