#include "appliance/keys.hpp"

#include "appliance/fields/appliance_fields.hpp"
#include "appliance/fields/container_fields.hpp"
#include "appliance/fields/health_check_fields.hpp"
#include "appliance/fields/persistence_fields.hpp"
#include "appliance/fields/port_fields.hpp"
#include "appliance/fields/resources_fields.hpp"
#include "appliance/fields/ulimit_fields.hpp"
#include "appliance/fields/volume_fields.hpp"

namespace appliance {
namespace {

template <class Target>
std::vector<Key> keys_of(const std::vector<Field<Target>>& fields) {
    std::vector<Key> keys;
    for (const Field<Target>& field : fields) {
        keys.push_back(field.key);
    }
    return keys;
}

}  // namespace

const std::vector<KnownObject>& known_objects() {
    static const std::vector<KnownObject> objects{
        {"appliance", "at the top of the document", keys_of(appliance_fields())},
        {"container", "in an entry of `containers`", keys_of(container_fields())},
        {"resources", "in `resources`", keys_of(resources_fields())},
        {"port", "in an entry of `ports`", keys_of(port_fields())},
        {"volume", "in an entry of `volumes`", keys_of(volume_fields())},
        {"health_check", "in `health_check`", keys_of(health_check_fields())},
        {"command", "", keys_of(health_command_fields())},
        {"ulimit", "", keys_of(ulimit_fields())},
        {"data_persistence", "in `data_persistence`", keys_of(persistence_fields())},
        {"persistent_volume", "in an entry of `data_persistence.volumes`",
         keys_of(persistent_volume_fields())},
    };
    return objects;
}

}  // namespace appliance
