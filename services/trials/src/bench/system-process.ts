import { closeHttpClients, failStart, processEnvironment } from '@millrace/service';
import { startStandalone } from '@millrace/standalone';

/** What the program learns of the system under measurement. */
export interface SystemAddresses {
  readonly gatewayUrl: string;
  readonly sandboxUrl: string;
  readonly clientSecrets: Readonly<Record<string, string>>;
}

/** Every service in this process, alone in it, so that its processor time and its profile are those of the services; ends when its parent says so. */
async function main(): Promise<void> {
  const standalone = await startStandalone({ environment: processEnvironment(), freePorts: true });
  const { gatewayUrl, sandboxUrl, secrets } = standalone;
  const stop = async (): Promise<void> => {
    await standalone.stop();
    await closeHttpClients();
    // Not by a signal, or a profile would never be written.
    process.exit(0);
  };
  process.once('message', () => void stop().catch(failStart));
  process.once('disconnect', () => void stop().catch(failStart));
  process.send?.({ gatewayUrl, sandboxUrl, clientSecrets: secrets.clientSecrets } satisfies SystemAddresses);
}

await main().catch(failStart);
