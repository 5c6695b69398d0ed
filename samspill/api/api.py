from ninja import NinjaAPI

api = NinjaAPI(title="Samspill", version="1", urls_namespace="api")
