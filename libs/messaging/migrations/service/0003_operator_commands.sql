-- Every command of lendctl that changes something writes its name here, `clients revoke` as well as `replay`; a list of names in a check would need a migration a command.
alter table operator_action drop constraint operator_action_command_check;
alter table operator_action add constraint operator_action_command_check check (command ~ '^[a-z]+( [a-z]+)?$');
