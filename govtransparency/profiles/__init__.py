"""Analysis of one unit, of one month and of alternative methods, without pages."""
