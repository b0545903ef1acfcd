import { DISCLOSURES, type Disclosure } from '@millrace/contracts';
import type { Exactly, PRODUCT } from '@millrace/contracts/api';
import { Controller, Get } from '@nestjs/common';
import { ProductCatalogue } from './product-catalogue.js';
import type { Product } from './product.entity.js';

/** A product with the pages that every applicant has to see, whatever the product. */
type ShownProduct = Product & { readonly requiredDisclosures: readonly Disclosure[] };

@Controller('products')
export class ProductController {
  constructor(private readonly catalogue: ProductCatalogue) {}

  /** Every product in force, with its limits, tenors, methods, consents, disclosures and fees. */
  @Get()
  async list(): Promise<{ items: Exactly<ShownProduct, typeof PRODUCT>[] }> {
    return { items: (await this.catalogue.current()).map((product) => ({ ...product, requiredDisclosures: DISCLOSURES })) };
  }
}
