-- A service needs a folder of migrations; this one keeps nothing but its jobs.
create table nothing ();
