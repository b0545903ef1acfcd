import { copiedColumn, copyStatements } from './stored-loans.js';

test.each([
  ['loan_id', 'uuid', true, 'bench_other_id(t."loan_id", copy)'],
  ['uscc', 'text', false, 'upper(substr(md5(t."uscc" || copy::text), 1, 18))'],
  ['fact_sha256', 'text', true, 'md5(t."fact_sha256" || copy::text)'],
  ['contract_sha256', 'text', false, 't."contract_sha256"'],
  ['mobile_index', 'text', false, 'md5(t."mobile_index" || copy::text)'],
  ['principal_minor', 'bigint', false, 't."principal_minor"'],
])('%s (%s, unique %p) is copied as %s', (column, type, unique, expected) => expect(copiedColumn({ column, type, unique })).toBe(expected));

test('a table is copied as often as asked for; one that belongs to no loan is left alone', () => {
  const column = (table: string, name: string, type: string): Parameters<typeof copyStatements>[0][number] => ({
    schema: 's',
    table,
    column: name,
    type,
    unique: false,
  });
  expect(copyStatements([column('loan', 'loan_id', 'uuid'), column('loan', 'status', 'text'), column('setting', 'name', 'text')], 9)).toEqual([
    'insert into "s"."loan" ("loan_id", "status") select bench_other_id(t."loan_id", copy), t."status" from "s"."loan" t cross join generate_series(1, 9) as copy on conflict do nothing',
  ]);
});
