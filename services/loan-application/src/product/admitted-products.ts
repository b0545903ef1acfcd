import type { Clock } from '@millrace/contracts';
import { CLOCK } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { ProductCatalogue } from './product-catalogue.js';
import type { Product } from './product.entity.js';

/** Of so many applications the product is remembered between the question whether it would be taken and its submission, which follows at once. */
const MOST = 1_000;
const KEPT_MS = 10_000;

/** Products for applications that are about to be submitted: read once for both looks at the application. */
@Injectable()
export class AdmittedProducts {
  readonly #seen = new Map<string, { readonly productCode: string; readonly product: Product | undefined; readonly at: number }>();

  constructor(
    private readonly catalogue: ProductCatalogue,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Reads the product, and remembers it for the submission of the application. */
  async look(applicationId: string, productCode: string): Promise<Product | undefined> {
    const product = await this.catalogue.find(productCode);
    const [oldest] = this.#seen.keys();
    if (this.#seen.size >= MOST && oldest !== undefined) this.#seen.delete(oldest);
    this.#seen.set(applicationId, { productCode, product, at: this.clock.now().getTime() });
    return product;
  }

  /** The product as it was remembered, once; read where it was not, e.g. by another instance. */
  async take(applicationId: string, productCode: string): Promise<Product | undefined> {
    const seen = this.#seen.get(applicationId);
    this.#seen.delete(applicationId);
    const isFresh = seen?.productCode === productCode && this.clock.now().getTime() - seen.at <= KEPT_MS;
    return isFresh ? seen.product : this.catalogue.find(productCode);
  }
}
