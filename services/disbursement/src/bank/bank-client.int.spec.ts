import { newId } from '@millrace/contracts';
import { loadConfig, MetricsRegistry, ProviderClients } from '@millrace/service';
import { pino } from 'pino';
import { BankDouble } from '../../test/bank-double.js';
import { DisbursementConfig } from '../config.js';
import { BankClient } from './bank-client.js';

const bank = new BankDouble();
const lines: string[] = [];
let client: BankClient;

beforeAll(async () => {
  const config = loadConfig(DisbursementConfig, {
    MILLRACE_INTERNAL_TOKEN: 't'.repeat(32),
    MILLRACE_DISBURSEMENT_DATABASE_URL: 'postgres://unused',
    MILLRACE_PROVIDERS_URL: await bank.start(),
    MILLRACE_BANK_TIMEOUT_MS: '200',
  });
  const logger = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
  client = new BankClient(config, logger, new ProviderClients(new MetricsRegistry('test')));
});
afterAll(() => bank.stop());

test('a bank that repeats the account in its refusal, or says nothing, leaves no account in the log (R-LE-01)', async () => {
  const payee = { accountName: '测试企业', accountNumber: '6222020000001234' };
  const payout = { payoutId: newId(), loanId: newId(), amountMinor: '100', currency: 'CNY', payerAccount: null };
  bank.plan(
    payee.accountNumber,
    { status: 422, text: JSON.stringify({ code: 'NAME_MISMATCH', detail: `${payee.accountName} ${payee.accountNumber}` }) },
    'lose',
  );
  expect((await client.send(payout, payee)).outcome).toBe('refused');
  expect((await client.send(payout, payee)).detail).toBe('TIMEOUT');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toContain(payout.payoutId);
  for (const personal of Object.values(payee)) expect(lines.join()).not.toContain(personal);
});
