// Loaded into every service process that another one starts: when that one is gone, however it died, the service stops without loss.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
