import type { LendingService, ReadModel, ServiceDefinition } from '@millrace/service';
import { OperatorError } from '../trouble/operator-error.js';
import type { Installation } from '../installation/installation.js';

/** A read model with the service that keeps it. */
export interface OwnedModel {
  readonly service: LendingService;
  readonly definition: ServiceDefinition;
  readonly model: ReadModel;
}

/** Finds a read model by its name in the definitions of all services whose database is known. */
export async function findModel(installation: Installation, name: string): Promise<OwnedModel> {
  const models: OwnedModel[] = [];
  for (const service of installation.services) {
    const definition = await installation.definition(service);
    models.push(...definition.readModels.map((model) => ({ service, definition, model })));
  }
  const found = models.find(({ model }) => model.name === name);
  if (!found) throw new OperatorError(`there is no read model ${name}; there are: ${models.map(({ model }) => model.name).join(', ') || 'none'}`);
  return found;
}
