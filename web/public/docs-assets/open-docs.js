// Set-up of the API's documentation page: a file of its own because the content security policy allows no inline script.
window.SwaggerUIBundle({ url: '/api/v1/openapi.json', dom_id: '#api', deepLinking: true, validatorUrl: null });
