import type { Exactly, PRODUCT } from '@millrace/contracts/api';
import { Controller, Get } from '@nestjs/common';
import { ProductCatalogue } from './product-catalogue.js';
import type { Product } from './product.entity.js';

@Controller('products')
export class ProductController {
  constructor(private readonly catalogue: ProductCatalogue) {}

  /** Every product in force, with its limits, tenors, methods, consents and fees. */
  @Get()
  async list(): Promise<{ items: Exactly<Product, typeof PRODUCT>[] }> {
    return { items: await this.catalogue.current() };
  }
}
