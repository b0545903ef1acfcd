import { currentActivity, traceIdOf } from '@millrace/messaging';
import { pino, type DestinationStream, type Logger } from 'pino';

/** Fields that may hold personal data or secrets; their values never reach a log line (R-IT-05). */
const REDACTED = ['password', 'secret', 'clientSecret', 'authorization', 'idNumber', 'mobile', 'accountNumber', 'legalRepresentative', 'bankAccount'];
const CAUSES_MAX = 5;

/** What of an error may be told: everything else it carries (the rows of a statement, the body of a refusal) may repeat what a person has given. */
interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly stack?: string | undefined;
  readonly code?: unknown;
  readonly cause?: LoggedError | undefined;
}

function loggedError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'something that is no error was thrown' };
  const { message, stack, cause } = error;
  const { code } = error as { code?: unknown };
  const told = cause === undefined || depth === CAUSES_MAX ? {} : { cause: loggedError(cause, depth + 1) };
  return { type: error.constructor.name, message, stack, ...(code === undefined ? {} : { code }), ...told };
}

/** Says of every line which application and trace it is about, wherever it is written. */
function activityFields(): object {
  const { traceparent, applicationId, loanId } = currentActivity() ?? {};
  return { applicationId, loanId, traceId: traceIdOf(traceparent) };
}

/** How a line reads in a terminal: time, level, service and sentence, then what belongs to it. */
export const TERMINAL_FORMAT = {
  translateTime: 'SYS:HH:MM:ss',
  messageFormat: '{service}: {msg}',
  ignore: 'pid,hostname,service,traceId',
  errorLikeObjectKeys: ['err'],
};

let terminal: DestinationStream | undefined;

/** One formatter for all services of the process, as each is a thread of its own. Colours follow the terminal. */
function terminalDestination(): DestinationStream {
  return (terminal ??= pino.transport({ target: 'pino-pretty', options: { ...TERMINAL_FORMAT } }) as DestinationStream);
}

/** Logger of one service: JSON lines for programs, readable lines where a person looks at a terminal. */
export function createLogger(service: string, level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: REDACTED.flatMap((field) => [field, `*.${field}`]), censor: '[redacted]' },
    serializers: { err: (error: unknown) => loggedError(error) },
    mixin: activityFields,
  };
  const to = destination ?? (process.stdout.isTTY ? terminalDestination() : undefined);
  return to ? pino(options, to) : pino(options);
}
