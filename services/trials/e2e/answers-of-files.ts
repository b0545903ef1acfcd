import { newId } from '@millrace/contracts';
import type { Lender } from './lender.js';

const TABLE = 'date,amount\n2026-03-02,100.00\n';

/** A file is uploaded, sent again, and changed under its id; then everybody wants to see it. */
export async function askOfFiles(lender: Lender, applicationId: string, everybody: readonly string[]): Promise<void> {
  const all = `/v1/loan-applications/${applicationId}/evidence`;
  const one = `${all}/${newId()}`;
  const upload = async (text: string): Promise<number> =>
    (await lender.sendFile('demo-partner', `${one}?kind=bank_statement`, { mediaType: 'text/csv', bytes: Buffer.from(text) })).status;
  expect([await upload(TABLE), await upload(TABLE), await upload('a,b\n')]).toEqual([201, 200, 409]);
  for (const client of everybody) for (const path of [all, one, `${one}/content`]) await lender.call(client, 'GET', path);
  expect((await lender.call('demo-approver', 'GET', `${one}/content`)).body).toBe(TABLE);
}
