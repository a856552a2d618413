from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from linegate_train.errors import PersonError
from linegate_train.evaluate import probabilities
from linegate_train.export import export_float, take_bytes
from linegate_train.fake_quant import plain, rounded
from linegate_train.network import build, fold_batch_norm, load_trunk, normalised
from linegate_train.quantize import CALIBRATIONS, quantize

SIZE = (64, 48)


@pytest.fixture(scope="module")
def images() -> np.ndarray:
    return np.random.default_rng(3).integers(0, 256, (12, SIZE[1], SIZE[0], 3), np.uint8)


@pytest.fixture(scope="module")
def network() -> torch.nn.Module:
    """Untrained, with batch statistics that are not the identity and answers that are not all alike."""
    torch.manual_seed(5)
    made = build(3)
    torch.nn.init.normal_(made.classifier.weight, 0, 0.01)
    for module in made.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.running_mean.normal_(0, 0.05)
            module.running_var.uniform_(0.5, 1.5)
    return made.eval()


def answers(network: torch.nn.Module, images: np.ndarray) -> np.ndarray:
    with torch.inference_mode():
        return torch.softmax(network(normalised(images)), 1).numpy()


@pytest.fixture(scope="module")
def folded(network: torch.nn.Module) -> torch.nn.Module:
    import copy

    return fold_batch_norm(copy.deepcopy(network))


def test_folding_changes_no_answer(network: torch.nn.Module, folded: torch.nn.Module, images: np.ndarray) -> None:
    assert not any(isinstance(module, torch.nn.BatchNorm2d) for module in folded.modules())
    assert np.abs(answers(network, images) - answers(folded, images)).max() < 1e-4


def test_the_exported_model_takes_bytes_and_answers_as_the_network(
    folded: torch.nn.Module, images: np.ndarray, tmp_path: Path
) -> None:
    export_float(folded, SIZE, tmp_path / "raw.onnx")
    model = take_bytes(onnx.load(tmp_path / "raw.onnx"), SIZE)
    onnx.save(model, tmp_path / "fp32.onnx")
    (given,) = model.graph.input
    assert given.type.tensor_type.elem_type == onnx.TensorProto.UINT8
    assert [d.dim_value for d in given.type.tensor_type.shape.dim] == [1, 48, 64, 3]
    assert np.abs(probabilities(tmp_path / "fp32.onnx", images, "") - answers(folded, images)).max() < 1e-4


def test_nothing_of_the_workshop_is_in_the_model(folded: torch.nn.Module, tmp_path: Path) -> None:
    export_float(folded, SIZE, tmp_path / "raw.onnx")
    assert b".py" not in (tmp_path / "raw.onnx").read_bytes()


def test_int8_answers_nearly_as_float_from_the_same_bytes(
    folded: torch.nn.Module, images: np.ndarray, tmp_path: Path
) -> None:
    export_float(folded, SIZE, tmp_path / "raw.onnx")
    quantize(tmp_path / "raw.onnx", images, CALIBRATIONS[0], tmp_path / "int8.onnx")
    model = onnx.load(tmp_path / "int8.onnx")
    first = next(node for node in model.graph.node if node.op_type == "DequantizeLinear" and node.input[0].startswith("pixels"))
    held = {h.name: onnx.numpy_helper.to_array(h) for h in model.graph.initializer}
    assert held[first.input[1]] == np.float32(2 / 255) and held[first.input[2]] == 128
    assert model.graph.input[0].type.tensor_type.elem_type == onnx.TensorProto.UINT8
    assert np.abs(probabilities(tmp_path / "int8.onnx", images, "") - answers(folded, images)).max() < 0.05


def test_the_rounding_network_is_near_and_gives_its_weights_back(folded: torch.nn.Module, images: np.ndarray) -> None:
    rounding = rounded(folded)
    answers(rounding.train(), images)  # the ranges follow the first images
    rounding.eval()
    assert 0 < np.abs(answers(rounding, images) - answers(folded, images)).max() < 0.05
    back = plain(rounding).state_dict()
    for name, value in folded.state_dict().items():
        assert torch.allclose(back[name], value, atol=float(value.abs().max()) / 127)


def test_the_rounding_network_learns(folded: torch.nn.Module, images: np.ndarray) -> None:
    rounding = rounded(folded).train()
    rounding(normalised(images)).square().sum().backward()
    moved = [p.grad is not None and bool(p.grad.abs().sum() > 0) for p in rounding.parameters() if p.ndim == 4]
    assert len(moved) == 49 and sum(moved) >= 45


def test_pretrained_weights_come_in_and_others_are_refused(network: torch.nn.Module, tmp_path: Path) -> None:
    state = {k: v for k, v in network.state_dict().items() if not k.startswith("classifier")}
    torch.save(state, tmp_path / "trunk.pth")
    fresh = build(2)
    load_trunk(fresh, tmp_path / "trunk.pth")
    assert torch.equal(fresh.conv_stem.weight, network.conv_stem.weight)
    torch.save({"conv.weight": torch.zeros(1)}, tmp_path / "other.pth")
    with pytest.raises(PersonError, match="are for another network"):
        load_trunk(build(2), tmp_path / "other.pth")
    (tmp_path / "text.pth").write_text("none")
    with pytest.raises(PersonError, match="cannot be loaded"):
        load_trunk(build(2), tmp_path / "text.pth")
