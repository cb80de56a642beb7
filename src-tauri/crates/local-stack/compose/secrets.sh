#!/bin/sh
# Makes this folder's secrets for compose.yaml: .env for the containers, secrets.toml for Greenroom, mongo.key for the set.
# Run once; it refuses to overwrite, since the containers keep the first ones.
set -eu
cd "$(dirname "$0")"
for file in .env secrets.toml mongo.key; do
    [ ! -e "$file" ] || { echo "$PWD/$file is there already" >&2; exit 1; }
done
umask 077
random() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }
postgres=$(random) redis=$(random) mongodb=$(random) s3=$(random) etcd=$(random)
# Named in profile.toml: an access key id is no secret.
cat > .env <<END
POSTGRES_PASSWORD=$postgres
REDIS_PASSWORD=$redis
MONGODB_PASSWORD=$mongodb
S3_ACCESS_KEY_ID=GREENROOMCOMPOSE
S3_SECRET_ACCESS_KEY=$s3
ETCD_PASSWORD=$etcd
END
cat > secrets.toml <<END
postgres = "$postgres"
redis = "$redis"
mongodb = "$mongodb"
s3 = "$s3"
etcd = "$etcd"
END
random > mongo.key
echo "made $PWD/.env, secrets.toml and mongo.key"
