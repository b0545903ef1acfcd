import { defineCapability } from '@millrace/service';
import { ProductCatalogue } from './product-catalogue.js';
import { ProductController } from './product.controller.js';
import { Product } from './product.entity.js';

/** What can be applied for. */
export const product = defineCapability({
  name: 'product',
  face: ['product-catalogue', 'product.entity', 'shipped-products'],
  controllers: [ProductController],
  providers: [ProductCatalogue],
  entities: [Product],
});
