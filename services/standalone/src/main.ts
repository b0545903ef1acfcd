import colors from 'picocolors';
import { closeHttpClients, describeSettings, failStart, loadConfig, processEnvironment, refuseUnknownSettings } from '@millrace/service';
import { GatewayClient } from './demo/gateway-client.js';
import { sendSampleApplication } from './sample-application.js';
import { ALL_CONFIGS, startStandalone, type RunningStandalone } from './standalone.js';
import { StandaloneConfig } from './standalone-config.js';

const HELP = `npm start: every Millrace service in one process, on embedded PostgreSQL, with the provider sandbox.

Settings come from the environment:
`;

function say(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** Tells a newcomer where everything is and what to type next. */
async function greet(standalone: RunningStandalone, partner: GatewayClient): Promise<void> {
  const { gatewayUrl, services, dataDirectory } = standalone;
  const token = await partner.token();
  say(colors.bold(`Millrace is up. Data: ${dataDirectory}`));
  for (const { name, url } of Object.values(services)) say(`  ${name.padEnd(21)} ${url}`);
  say(`  API to read           ${gatewayUrl}/v1/docs`);
  say(`\nA token of the partner demo-partner, good for an hour (other clients and all secrets: ${dataDirectory}/secrets.json):`);
  say(`  export TOKEN=${token}`);
  say('\nNext, in another terminal, the applications of this partner with their decisions:');
  say(colors.green(`  curl -s -H "authorization: Bearer $TOKEN" "${gatewayUrl}/v1/loan-applications?limit=5"`));
  say('\nCtrl-C stops everything and loses nothing.\n');
}

/** Stops once, whoever asks how often; a second Ctrl-C is told that it is being done. */
function stopOnSignal(stop: () => Promise<void>): void {
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

async function main(): Promise<void> {
  const environment = processEnvironment();
  if (process.argv.includes('--help')) {
    say(
      HELP +
        describeSettings(ALL_CONFIGS)
          .map((line) => `  ${line}`)
          .join('\n'),
    );
    return;
  }
  refuseUnknownSettings(ALL_CONFIGS, environment);
  const standalone = await startStandalone({ environment });
  const partner = new GatewayClient(standalone.gatewayUrl, 'demo-partner', standalone.secrets.clientSecrets['demo-partner']!);
  stopOnSignal(async () => {
    await standalone.stop();
    await Promise.all([closeHttpClients(), partner.close()]);
  });
  await greet(standalone, partner);
  if (loadConfig(StandaloneConfig, environment).sampleApplication) await sendSampleApplication(standalone.sandboxUrl, partner, say);
}

await main().catch(failStart);
