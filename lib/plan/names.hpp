#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "appliance/appliance.hpp"

// What pivot calls the things it makes in the engine. Dots keep the names unambiguous, because ids
// have none.
namespace plan {

using appliance::ApplianceId;
using appliance::ContainerId;

// One engine container of an entry of the appliance; numbered from 1.
struct Instance {
    ContainerId container;
    int number = 1;

    friend auto operator<=>(const Instance&, const Instance&) = default;
};

// A candidate is what will take an instance's place once it is ready: the next one beside the old.
enum class Role { instance, candidate };

// Letters, digits and `-`, as in the `id` of an appliance, a container or a volume.
[[nodiscard]] bool is_id(std::string_view text);

[[nodiscard]] std::string to_string(const Instance& instance,
                                    Role role = Role::instance);  // livy.1, livy.1.next

[[nodiscard]] std::string engine_name(const ApplianceId& appliance, const Instance& instance,
                                      Role role = Role::instance);  // spark-livy.livy.1
[[nodiscard]] Role role_of(std::string_view engine_name);
[[nodiscard]] std::string host_name(const Instance& instance);         // livy-1
[[nodiscard]] std::string network_name(const ApplianceId& appliance);  // pivot-spark-livy
[[nodiscard]] std::string volume_name(const ApplianceId& appliance,
                                      const appliance::PersistentVolume& volume);
// Of a path that the image declares as a volume: spark-livy.livy.1.var-lib-data
[[nodiscard]] std::string volume_name(const ApplianceId& appliance, const Instance& instance,
                                      std::string_view path);
// Whether a volume of the appliance's own can have this name: one of the two above gives it.
[[nodiscard]] bool is_volume_name(const ApplianceId& appliance, std::string_view name);
[[nodiscard]] std::string record_name(const ApplianceId& appliance,
                                      std::uint64_t revision);  // pivot.spark-livy.3
// The revision in a record's name; none where the name is no record's of this appliance.
[[nodiscard]] std::optional<std::uint64_t> record_revision(const ApplianceId& appliance,
                                                           std::string_view name);

namespace label {
inline constexpr auto appliance = "pivot.appliance";
inline constexpr auto container = "pivot.container";
inline constexpr auto instance = "pivot.instance";
inline constexpr auto fingerprint = "pivot.fingerprint";
inline constexpr auto version = "pivot.version";
inline constexpr auto slot = "pivot.slot";  // on containers with a fixed address: which one
inline constexpr auto network =
    "pivot.network";  // on host mode containers that know addresses: the network of those
inline constexpr auto subnet = "pivot.subnet";  // on networks whose addresses can be chosen
inline constexpr auto entry =
    "pivot.entry";  // on containers: their entry of the record, for when the record is lost
inline constexpr auto record = "pivot.record";  // on the record: the whole of it
inline constexpr auto by = "pivot.by";  // on the record: a random word of the run that wrote it
}  // namespace label

}  // namespace plan
