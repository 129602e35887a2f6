/** All operations against their contracts and the grants of the roles, on one platform: to start one with all its functions takes the processor long. */
import './contracts/openapi.ts';
import './contracts/authorization.ts';
import './contracts/bad-input.ts';
