#include "plan/volume_changes.hpp"

#include "catch.hpp"
#include "unit/plan/fixture.hpp"

using namespace plan;
using namespace plan::testing;
using appliance::PersistentVolume;

namespace {

using Options = std::map<std::string, std::string>;

PersistentVolume volume(const std::string& id, const std::string& driver, const Options& options) {
    PersistentVolume volume;
    volume.id = appliance::VolumeId(id);
    volume.driver = driver;
    volume.driver_options = options;
    return volume;
}

// What differs where the engine has `there` and the document says `wanted`.
std::string changes(const PersistentVolume& wanted, const ObservedVolume& there) {
    World world({service("db")});
    world.appliance.volumes = {wanted};
    world.observed.volumes = {there};
    std::string text;
    for (const VolumeChange& change : volume_changes(world.appliance, world.observed)) {
        text += change.name + ":" + (change.driver ? " driver" : "");
        for (const std::string& option : change.options) {
            text += " " + option;
        }
    }
    return text;
}

}  // namespace

TEST_CASE("a volume is compared with what the document says of it") {
    const Options nfs = {{"type", "nfs"}, {"o", "addr=10.0.0.1"}};
    CHECK(changes(volume("data", "local", nfs), {"shop.data", "local", nfs}).empty());
    CHECK(changes(volume("data", "local", nfs),
                  {"shop.data", "local", {{"type", "nfs"}, {"o", "addr=10.0.0.2"}}}) ==
          "shop.data: o");
    CHECK(changes(volume("data", "local", nfs), {"shop.data", "local", {{"device", ":/x"}}}) ==
          "shop.data: device o type");
    CHECK(changes(volume("data", "sshfs", {}), {"shop.data", "local", {}}) == "shop.data: driver");
    CHECK(
        changes(volume("data", "team/sshfs", {}), {"shop.data", "team/sshfs:latest", {}}).empty());
    CHECK(changes(volume("data", "sshfs", nfs), {"shop.data", "local", {}}) ==
          "shop.data: driver o type");
}

TEST_CASE(
    "a volume of which the document says nothing is not compared, nor one of all appliances") {
    const Options nfs = {{"type", "nfs"}};
    CHECK(changes(volume("data", "local", {}), {"shop.data", "sshfs", nfs}).empty());
    CHECK(changes(volume("data", "local", nfs), {"shop.other", "local", {}}).empty());
    PersistentVolume shared = volume("shared", "local", nfs);
    shared.scope = PersistentVolume::Scope::global;
    CHECK(changes(shared, {"shared", "local", {}}).empty());
}
