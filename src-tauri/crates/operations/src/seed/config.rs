//! What the demo has in etcd: the services' configuration and the registry of their instances.

use serde_json::json;

/// Service, HTTP port, gRPC port, instances.
const SERVICES: [(&str, u16, u16, u16); 3] = [
    ("user-service", 8080, 50051, 2),
    ("meeting-service", 8082, 50052, 2),
    ("media-service", 8083, 50053, 3),
];

/// Keys below the profile's prefix, and their values.
pub(super) fn keys() -> Vec<(String, String)> {
    let mut all = Vec::new();
    for (service, port, grpc_port, instances) in SERVICES {
        let mut config = |name: &str, value: String| all.push((format!("/config/services/{service}/{name}"), value));
        config("host", "0.0.0.0".to_owned());
        config("port", port.to_string());
        config("grpc_port", grpc_port.to_string());
        config("log_level", "info".to_owned());
        config("request_timeout_ms", "5000".to_owned());
        if service == "media-service" {
            config("segment_seconds", "10".to_owned());
            config(
                "turn_servers",
                json!(["turn:turn-1.meet.example:3478", "turn:turn-2.meet.example:3478"]).to_string(),
            );
        }
        for n in 1..=instances {
            let instance = json!({
                "host": format!("10.20.{}.{}", port % 100, 10 + n),
                "port": port,
                "metadata": { "version": "4.12.0", "zone": if n % 2 == 1 { "eu-central-1a" } else { "ap-east-1b" }, "grpc_port": grpc_port },
            });
            all.push((format!("/services/{service}/instance_{n}"), instance.to_string()));
        }
    }
    all
}
