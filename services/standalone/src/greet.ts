import colors from 'picocolors';
import { failStart } from '@millrace/service';
import type { GatewayClient } from './demo/gateway-client.js';

/** A system that has come up, as its person at the terminal is told of it. */
export interface Greeting {
  readonly gatewayUrl: string;
  readonly services: readonly { readonly name: string; readonly url: string }[];
  readonly dataDirectory: string;
}

export function say(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** Tells a newcomer where everything is and what to type next. */
export async function greet({ gatewayUrl, services, dataDirectory }: Greeting, partner: GatewayClient): Promise<void> {
  const token = await partner.token();
  say(colors.bold(`Millrace is up. Data: ${dataDirectory}`));
  for (const { name, url } of services) say(`  ${name.padEnd(21)} ${url}`);
  say(`  API to read           ${gatewayUrl}/v1/docs`);
  say(`\nA token of the partner demo-partner, good for an hour (other clients and all secrets: ${dataDirectory}/secrets.json):`);
  say(`  export TOKEN=${token}`);
  say('\nNext, in another terminal, the applications of this partner with their decisions:');
  say(colors.green(`  curl -s -H "authorization: Bearer $TOKEN" "${gatewayUrl}/v1/loan-applications?limit=5"`));
  say('\nCtrl-C stops everything and loses nothing.\n');
}

/** Stops once, whoever asks how often; a second Ctrl-C is told that it is being done. */
export function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = (): void => {
    if (stopping) return say('still stopping: work under way is brought to a safe point');
    stopping = true;
    say('stopping…');
    stop().then(() => {
      say('stopped');
      process.exit(0);
    }, failStart);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
}
