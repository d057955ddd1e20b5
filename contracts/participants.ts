/** The names that the pacts and the broker know the two sides by. */
export const PROVIDER = 'users-api';
export const TYPESCRIPT_CONSUMER = 'pieces-os-client-typescript';
export const PYTHON_CONSUMER = 'pieces-os-client-python';
