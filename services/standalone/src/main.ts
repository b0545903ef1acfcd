import { GatewayClient } from '@millrace/client';
import { closeHttpClients, describeSettings, failStart, loadConfig, processEnvironment, refuseUnknownSettings } from '@millrace/service';
import { greet, say, stopOnSignal } from './greet.js';
import { sendSampleApplication } from './sample-application.js';
import { ALL_CONFIGS, startStandalone } from './standalone.js';
import { StandaloneConfig } from './standalone-config.js';

const HELP = `npm start: every Millrace service in one process, on embedded PostgreSQL, with the provider sandbox.

Settings come from the environment:
`;

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
  const standalone = await startStandalone({ environment, onServerLost: (line) => failStart(new Error(line)) });
  const partner = new GatewayClient(standalone.gatewayUrl, 'demo-partner', standalone.secrets.clientSecrets['demo-partner']!);
  stopOnSignal(async () => {
    await standalone.stop();
    await Promise.all([closeHttpClients(), partner.close()]);
  });
  const known = await greet({ ...standalone, services: Object.values(standalone.services) }, partner);
  if (known && loadConfig(StandaloneConfig, environment).sampleApplication) await sendSampleApplication(standalone.sandboxUrl, partner, say);
}

await main().catch(failStart);
