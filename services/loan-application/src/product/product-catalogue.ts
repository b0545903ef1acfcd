import { businessDate, type Clock } from '@millrace/contracts';
import { CLOCK, Database } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { LessThanOrEqual } from 'typeorm';
import { Product } from './product.entity.js';

/** Versions of products in force. */
@Injectable()
export class ProductCatalogue {
  constructor(
    private readonly db: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The newest version in force of every product, whatever its status, by code. */
  async current(): Promise<Product[]> {
    const all = await this.db
      .repository(Product)
      .find({ where: { effectiveFrom: LessThanOrEqual(businessDate(this.clock.now())) }, order: { productCode: 'ASC', version: 'DESC' } });
    return all.filter((product, index) => all[index - 1]?.productCode !== product.productCode);
  }

  async find(productCode: string): Promise<Product | undefined> {
    return (await this.current()).find((product) => product.productCode === productCode);
  }
}
