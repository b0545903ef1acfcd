import type { Tracer } from '@opentelemetry/api';

/** What the messaging of a service tells of its work. Every call returns at once; none of them may throw. */
export interface MessagingTelemetry {
  /** Records spans; absent where nobody collects them. */
  readonly tracer?: Tracer | undefined;
  /** An event was handled and its transaction is durable; `seconds` is the handler's own time. */
  eventHandled(type: string, seconds: number): void;
  /** One try of an event failed. */
  eventFailed(type: string): void;
  /** An event was parked, by itself or behind another one of its key. */
  eventParked(type: string): void;
  /** An event of the outbox is durable in the log. */
  eventPublished(type: string): void;
}

const nothing = (): void => undefined;

/** For a consumer or relay that nobody watches. */
export const NO_TELEMETRY: MessagingTelemetry = { eventHandled: nothing, eventFailed: nothing, eventParked: nothing, eventPublished: nothing };
