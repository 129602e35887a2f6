/** Tests of the API that leave each other alone, on one platform: to start one with its functions takes the processor as long as many a test. */
import './api/audit.ts';
import './api/conformance.ts';
import './api/escalation.ts';
import './api/uploads.ts';
import './api/users.ts';
