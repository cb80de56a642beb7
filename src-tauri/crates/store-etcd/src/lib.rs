//! Configuration and the service registry in etcd.
