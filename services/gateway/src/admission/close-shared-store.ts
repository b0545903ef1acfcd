import { SHARED_STORE, type SharedStore } from '@millrace/service';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';

/** Gives back the store that gateways share when this one stops. */
@Injectable()
export class CloseSharedStore implements OnModuleDestroy {
  constructor(@Inject(SHARED_STORE) private readonly store: SharedStore) {}

  async onModuleDestroy(): Promise<void> {
    await this.store.close();
  }
}
