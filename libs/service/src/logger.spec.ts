import { inActivity } from '@millrace/messaging';
import pretty from 'pino-pretty';
import { createLogger, TERMINAL_FORMAT } from './logger.js';

const applicationId = '0199a1b2-0000-7000-8000-000000000001';
const traceId = '0af7651916cd43dd8448eb211c80319c';

function written(write: (logger: ReturnType<typeof createLogger>) => void): { text: string; line: Record<string, unknown> } {
  const lines: string[] = [];
  write(createLogger('test', 'debug', { write: (line: string) => void lines.push(line) }));
  return { text: lines[0]!, line: JSON.parse(lines[0]!) as Record<string, unknown> };
}

test('a line says its application and trace, without being told', () => {
  const activity = { traceparent: `00-${traceId}-b7ad6b7169203331-01`, applicationId };
  expect(inActivity(activity, () => written((logger) => logger.info('x'))).line).toMatchObject({ service: 'test', applicationId, traceId });
  const { line } = written((logger) => logger.info('x'));
  expect('applicationId' in line || 'traceId' in line || 'loanId' in line).toBe(false);
});

test('of an error only class, message, stack and code are told; what else it carries may be a person (R-IT-05)', () => {
  const cause = Object.assign(new RangeError('inner'), { parameters: ['王小明'] });
  const error = Object.assign(new Error('outer', { cause }), { code: '23505', detail: 'Key (mobile)=(13800000000) already exists.', body: { name: '王小明' } });
  const { text, line } = written((logger) => logger.error({ err: error }, 'failed'));
  expect(line['err']).toMatchObject({ type: 'Error', message: 'outer', code: '23505', cause: { type: 'RangeError', message: 'inner' } });
  for (const secret of ['王小明', '13800000000']) expect(text).not.toContain(secret);
});

test('fields that may hold a person are redacted', () => {
  const { text } = written((logger) => logger.info({ idNumber: '110101199003070000', applicant: { mobile: '13800000000' } }, 'x'));
  for (const secret of ['110101199003070000', '13800000000']) expect(text).not.toContain(secret);
});

test('T34: in a terminal a line is time, level by name, service and sentence; an error is told once', () => {
  const { text } = written((logger) => logger.warn({ err: new Error('the bank is away'), payoutId: 'p-1' }, 'the payout waits'));
  const shown = pretty.prettyFactory({ ...TERMINAL_FORMAT, colorize: false })(JSON.parse(text));
  expect(shown).toMatch(/^\[\d\d:\d\d:\d\d\] WARN: test: the payout waits\n/);
  expect(shown).toContain('payoutId: "p-1"');
  expect(shown.split('the bank is away').length - 1).toBeLessThanOrEqual(2);
});
