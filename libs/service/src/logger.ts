import { pino, type Logger } from 'pino';

/** Fields that may hold personal data or secrets; their values never reach a log line (R-IT-05). */
const REDACTED = ['password', 'secret', 'clientSecret', 'authorization', 'idNumber', 'mobile', 'accountNumber', 'legalRepresentative', 'bankAccount'];

/** JSON logger of one service. */
export function createLogger(service: string, level: string): Logger {
  return pino({
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: REDACTED.flatMap((field) => [field, `*.${field}`]), censor: '[redacted]' },
  });
}
