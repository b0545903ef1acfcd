-- What was read of invoice files before each invoice counted once is read again.
truncate inspected_file;
