import colors from 'picocolors';
import { type GatewayClient, GatewayProblem } from '@millrace/client';
import { failStart } from '@millrace/service';

/** A system that has come up, as its person at the terminal is told of it. */
export interface Greeting {
  readonly gatewayUrl: string;
  readonly services: readonly { readonly name: string; readonly url: string }[];
  readonly dataDirectory: string;
  /** PostgreSQL of this installation, where it was started with it. */
  readonly databasePort?: number;
}

export function say(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** The partner's token; undefined where this installation has other clients, or its operator has revoked this one. */
async function tokenOf(partner: GatewayClient): Promise<string | undefined> {
  try {
    return await partner.token();
  } catch (error) {
    if (error instanceof GatewayProblem && error.code === 'INVALID_CLIENT') return undefined;
    throw error;
  }
}

/** Tells a newcomer where everything is and what to type next; answers whether the ready-made partner can be used. */
export async function greet({ gatewayUrl, services, dataDirectory, databasePort }: Greeting, partner: GatewayClient): Promise<boolean> {
  const token = await tokenOf(partner);
  say(colors.bold(`Millrace is up. Data: ${dataDirectory}`));
  for (const { name, url } of services) say(`  ${name.padEnd(21)} ${url}`);
  say(`  API to read           ${gatewayUrl}/v1/docs`);
  say('  Health and metrics    on the operations port of each, 1000 higher where none is set: /health/ready, /metrics');
  if (databasePort !== undefined)
    say(`  PostgreSQL            PGPASSWORD="$(cat ${dataDirectory}/postgres-password)" psql -h 127.0.0.1 -p ${databasePort} -U postgres millrace`);
  if (token === undefined) say('\nThe ready-made clients are not in use here; npm run -s lendctl -- clients list shows those that are.');
  else introduce(token, gatewayUrl, dataDirectory);
  say('\nCtrl-C stops everything and loses nothing.\n');
  return token !== undefined;
}

function introduce(token: string, gatewayUrl: string, dataDirectory: string): void {
  say(`\nA token of the partner demo-partner, good for an hour (other clients and all secrets: ${dataDirectory}/secrets.json):`);
  say(`  export TOKEN=${token}`);
  say('\nNext, in another terminal, the applications of this partner with their decisions:');
  say(colors.green(`  curl -s -H "authorization: Bearer $TOKEN" "${gatewayUrl}/v1/loan-applications?limit=5"`));
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
