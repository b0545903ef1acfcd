import type { EventLog } from '../src/event-log.js';
import type { MemberCommand, MemberReport, MemberSettings } from './spawned-member.js';

// A member of a consumer group in a process of its own, so that a contract test can kill it or freeze it as an operating system would.
const settings = JSON.parse(process.argv[2]!) as MemberSettings;
const { openLog } = (await import(settings.opener)) as { openLog: (address: string) => Promise<EventLog> };
const report = (message: MemberReport): void => void process.send!(message);

const released = Promise.withResolvers<void>();
let holding = settings.hold;
const log = await openLog(settings.address);
const subscription = await log.subscribe({
  ...settings.subscribe,
  onBatch: async ({ records }) => {
    report({ kind: 'batch', values: records.map((record) => record.value.toString()) });
    if (holding) await released.promise;
  },
  onError: (error) => report({ kind: 'error', name: error.constructor.name, message: error.message }),
});
process.on('message', (command: MemberCommand) => {
  if (command === 'release') {
    holding = false;
    released.resolve();
  } else {
    void subscription
      .stop()
      .then(() => log.close())
      .then(() => process.disconnect());
  }
});
report({ kind: 'ready' });
