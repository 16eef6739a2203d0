export * from './errors.ts';
export * from './problem.ts';
export * from './route.ts';
export { type RouteName, routes } from './routes/index.ts';
export * as schemas from './schemas.ts';
export * from './views.ts';
