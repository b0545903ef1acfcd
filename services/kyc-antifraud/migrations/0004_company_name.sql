-- Hash of the name that the application gives the firm, in its normal form; null in requests of before, whose name is not compared.
alter table verification add column company_name_sha256 text;
