/** What a container gives a test; `stop` ends and removes it. */
interface Container {
  readonly stop: () => Promise<void>;
}

/** Starts a container where an engine answers and has or finds the image. Undefined elsewhere; an image that cannot be had is told, as an engine was meant to be used. */
export async function startInContainer<C extends Container>(image: string, start: () => Promise<C>): Promise<C | undefined> {
  const { getContainerRuntimeClient } = await import('testcontainers');
  try {
    await getContainerRuntimeClient();
  } catch {
    return undefined;
  }
  try {
    return await start();
  } catch (error) {
    process.stderr.write(`no container of ${image}: ${(error as Error).message}\n`);
    return undefined;
  }
}
